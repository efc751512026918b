package dev.gengap.compute.nd4j;

import dev.gengap.compute.ChannelOperation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.Operation;

/** Prepares joining and splitting along channels: host kernels. */
record ChannelPreparer(Nd4jWorkspace workspace) {

  Operation prepare(ChannelOperation operation) {
    if (operation instanceof JoinChannels join) {
      return workspace.host(
          new JoinKernel(
              join.parts().stream().map(workspace::own).toList(), workspace.own(join.whole())));
    }
    SplitChannels split = (SplitChannels) operation;
    return workspace.host(
        new SplitKernel(
            workspace.own(split.whole()), split.parts().stream().map(workspace::own).toList()));
  }
}
