package dev.gengap.compute.nd4j;

import dev.gengap.compute.DeviceException;
import dev.gengap.compute.Operation;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;

/**
 * One of ND4J's native operations with its arguments in a context that is filled once. It is called
 * without ND4J's executioner, which allocates on every call.
 */
final class CustomOperation implements Operation {
  private final Nd4jWorkspace workspace;
  private final String name;
  private final long hash;
  private final OpContext context;
  private final Pointer contextPointer;
  private final NativeOps functions = NativeLibrary.functions();

  private CustomOperation(Builder builder, Nd4jWorkspace workspace) {
    this.workspace = workspace;
    this.name = builder.name;
    this.context = builder.context;
    this.hash = DynamicCustomOp.builder(name).build().opHash();
    this.contextPointer = context.contextPointer();
  }

  static Builder named(String name) {
    return new Builder(name);
  }

  /** Replaces the operation's real arguments. Allocates: for arguments that seldom change. */
  void setNumbers(double... numbers) {
    workspace.requireOpen();
    context.setTArguments(numbers);
  }

  @Override
  public void run() {
    workspace.requireOpen();
    int status = functions.execCustomOp2(null, hash, contextPointer);
    if (status != 0) {
      throw new DeviceException(
          name + ": status " + status + ", " + functions.lastErrorMessage() + " (expected: 0)");
    }
  }

  /** The arguments of an operation, in ND4J's order. */
  static final class Builder {
    private final String name;
    private final OpContext context = Nd4j.getExecutioner().buildContext();

    private Builder(String name) {
      this.name = name;
    }

    Builder inputs(Nd4jTensor... tensors) {
      for (int i = 0; i < tensors.length; i++) {
        context.setInputArray(i, tensors[i].array());
      }
      return this;
    }

    Builder numbers(double... numbers) {
      context.setTArguments(numbers);
      return this;
    }

    Builder integers(long... integers) {
      context.setIArguments(integers);
      return this;
    }

    Builder outputs(Nd4jTensor... tensors) {
      for (int i = 0; i < tensors.length; i++) {
        context.setOutputArray(i, tensors[i].array());
      }
      return this;
    }

    CustomOperation in(Nd4jWorkspace workspace) {
      return new CustomOperation(this, workspace);
    }
  }
}
