package dev.gengap.compute.reference;

import dev.gengap.compute.ChannelOperation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.Operation;
import java.util.List;

/** Joining and splitting along the channels. */
record ReferenceChannels(ReferenceWorkspace workspace) {

  Operation prepare(ChannelOperation operation) {
    if (operation instanceof JoinChannels join) {
      Images whole = Images.of(workspace.own(join.whole()));
      List<Images> parts = join.parts().stream().map(workspace::own).map(Images::of).toList();
      return () -> join(parts, whole);
    }
    SplitChannels split = (SplitChannels) operation;
    Images whole = Images.of(workspace.own(split.whole()));
    List<ReferenceWorkspace.Sink> parts = split.parts().stream().map(workspace::sink).toList();
    return () -> split(whole, parts);
  }

  private static void join(List<Images> parts, Images whole) {
    int before = 0;
    for (Images part : parts) {
      for (int n = 0; n < part.batch(); n++) {
        for (int c = 0; c < part.channels(); c++) {
          for (int p = 0; p < part.pixels(); p++) {
            whole.set(n, before + c, p, part.at(n, c, p));
          }
        }
      }
      before += part.channels();
    }
  }

  private static void split(Images whole, List<ReferenceWorkspace.Sink> parts) {
    int before = 0;
    for (ReferenceWorkspace.Sink sink : parts) {
      Images part = Images.of(sink.tensor());
      double[] gradient = new double[part.size()];
      for (int n = 0; n < part.batch(); n++) {
        for (int c = 0; c < part.channels(); c++) {
          for (int p = 0; p < part.pixels(); p++) {
            gradient[part.index(n, c, p)] = whole.at(n, before + c, p);
          }
        }
      }
      sink.accept(gradient);
      before += part.channels();
    }
  }
}
