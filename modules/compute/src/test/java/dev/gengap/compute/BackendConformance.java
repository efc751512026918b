package dev.gengap.compute;

import dev.gengap.compute.conformance.BatchNormConformance;
import dev.gengap.compute.conformance.ChannelConformance;
import dev.gengap.compute.conformance.ConvolutionConformance;
import dev.gengap.compute.conformance.LayerNormConformance;
import dev.gengap.compute.conformance.LossConformance;
import dev.gengap.compute.conformance.MatrixConformance;
import dev.gengap.compute.conformance.PointwiseConformance;
import dev.gengap.compute.conformance.PoolingConformance;
import dev.gengap.compute.conformance.ResponseNormConformance;
import dev.gengap.compute.conformance.SequenceConformance;
import dev.gengap.compute.conformance.UpdateConformance;
import dev.gengap.compute.conformance.WorkspaceConformance;
import org.junit.jupiter.api.Nested;

/**
 * What every backend must do: each operation's value in every precision and its gradient against
 * finite differences, on ordinary and on odd shapes. A backend's module extends it, or single
 * families of it.
 */
public abstract class BackendConformance {

  /** A new backend; closed by the suite. */
  protected abstract Backend newBackend();

  @Nested
  class Workspaces extends WorkspaceConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Matrices extends MatrixConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Pointwise extends PointwiseConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Convolutions extends ConvolutionConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Pooling extends PoolingConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class BatchNorms extends BatchNormConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class LayerNorms extends LayerNormConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class ResponseNorms extends ResponseNormConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Channels extends ChannelConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Sequences extends SequenceConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Losses extends LossConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }

  @Nested
  class Updates extends UpdateConformance {
    @Override
    protected Backend newBackend() {
      return BackendConformance.this.newBackend();
    }
  }
}
