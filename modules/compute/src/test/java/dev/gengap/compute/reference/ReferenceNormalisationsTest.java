package dev.gengap.compute.reference;

import static dev.gengap.compute.reference.Golden.assertHolds;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LayerNorm;
import dev.gengap.compute.NormalisationOperation.LayerNormBackward;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Normalisations by hand, and as PyTorch 2 computes them in float64. */
class ReferenceNormalisationsTest {
  private static final double EPSILON = 1e-5;

  private final Golden golden = new Golden();

  @Test
  void batchNorm_training_isThatOfPyTorch() {
    Tensor x = golden.tensor(List.of(3, 2), 1, 0, 3, 4, 5, -1);
    BatchStatistics statistics =
        new BatchStatistics(
            golden.vector(2, 0.5),
            golden.vector(1, -1),
            golden.vector(10, 20),
            golden.vector(1, 2));
    Saved saved = new Saved(golden.vector(0, 0), golden.vector(0, 0));
    Tensor y = golden.tensor(List.of(3, 2));
    golden.run(new BatchNorm(x, statistics, 0.1, EPSILON, saved, y));
    assertHolds(y, -1.44948515, -1.23145477696, 1, -0.305635669132, 3.44948515, -1.46290955391);
    assertHolds(saved.mean(), 3, 1);
    assertHolds(
        saved.inverseDeviation(), 1 / Math.sqrt(8.0 / 3 + 1e-5), 1 / Math.sqrt(14.0 / 3 + 1e-5));
    assertHolds(statistics.runningMean(), 9.3, 18.1);
    assertHolds(statistics.runningVariance(), 0.9 + 0.1 * 4, 0.9 * 2 + 0.1 * 7);

    Tensor dy = golden.tensor(List.of(3, 2), 1, 2, 0, -1, 3, 0.5);
    AffineGradients affine = affine(2);
    golden.run(
        new BatchNormBackward(
            x, statistics.scale(), saved, dy, affine, Optional.of(Accumulator.replacing(dy))));
    assertHolds(
        dy,
        0.816490457234,
        0.247987473584,
        -1.6329901,
        -0.049598089885,
        0.816499642768,
        -0.198389383699);
    assertHolds(affine.scale().tensor(), 2.44948515, -2.77745732347);
    assertHolds(affine.shift().tensor(), 4, 1.5);
  }

  @Test
  void batchNorm_inference_usesWhatIsRemembered() {
    Tensor x = golden.tensor(List.of(3, 2), 1, 0, 3, 4, 5, -1);
    Tensor y = golden.tensor(List.of(3, 2));
    BatchStatistics statistics =
        new BatchStatistics(
            golden.vector(2, 0.5),
            golden.vector(1, -1),
            golden.vector(1, 2),
            golden.vector(4, 0.25));
    golden.run(new BatchNormInference(x, statistics, EPSILON, y));
    assertHolds(y, 1, -2.9999600012, 2.9999975, 0.9999600012, 4.99999500001, -3.9999400018);
    assertHolds(statistics.runningMean(), 1, 2);
  }

  @Test
  void layerNorm_vector_isThatOfPyTorch() {
    Tensor x = golden.tensor(List.of(1, 3), 1, 2, 4);
    Tensor scale = golden.vector(1, 2, 3);
    Saved saved = new Saved(golden.vector(0), golden.vector(0));
    Tensor y = golden.tensor(List.of(1, 3));
    golden.run(new LayerNorm(x, scale, golden.vector(0, 1, -1), EPSILON, saved, y));
    assertHolds(y, -1.06904153145, 0.465479234275, 3.00890574294);
    assertHolds(saved.mean(), 7.0 / 3);
    assertHolds(saved.inverseDeviation(), 1 / Math.sqrt(14.0 / 9 + 1e-5));

    Tensor dy = golden.tensor(List.of(1, 3), 1, -2, 0.5);
    Tensor dx = golden.tensor(List.of(1, 3));
    AffineGradients affine = affine(3);
    golden.run(
        new LayerNormBackward(x, scale, saved, dy, affine, Optional.of(Accumulator.replacing(dx))));
    assertHolds(dx, 1.77536886168, -2.66305973536, 0.887690873681);
    assertHolds(affine.scale().tensor(), -1.06904153145, 0.534520765725, 0.668150957156);
    assertHolds(affine.shift().tensor(), 1, -2, 0.5);
  }

  @Test
  void responseNorm_evenSize_looksFurtherBack() {
    assertResponseNorm(
        2,
        new double[] {0.845897010752, 1.0886621079, 1.01351354507, 0.905329113079},
        0.955015276828,
        -0.452315035043,
        -0.386668885695,
        0.117068419795);
  }

  @Test
  void responseNorm_oddSize_dividesAlphaByTheSize() {
    assertResponseNorm(
        3,
        new double[] {0.634700622001, 0.810720092884, 0.799251866662, 1.16721849029},
        0.669758551115,
        -0.774857886084,
        -0.0616526173166,
        0.129166796305);
  }

  private void assertResponseNorm(int size, double[] values, double... gradient) {
    List<Integer> shape = List.of(1, 4, 1, 1);
    Tensor x = golden.tensor(shape, 1, 2, 3, 4);
    Tensor y = golden.tensor(shape);
    Tensor dy = golden.tensor(shape, 1, -2, 0.5, 3);
    Tensor dx = golden.tensor(shape);
    Response response = new Response(size, 0.5, 0.75, 1);
    golden.run(
        new LocalResponseNorm(x, response, y),
        new LocalResponseNormBackward(x, y, response, dy, Accumulator.replacing(dx)));
    assertHolds(y, values);
    assertHolds(dx, gradient);
  }

  private AffineGradients affine(int size) {
    return new AffineGradients(
        Accumulator.replacing(golden.vector(new double[size])),
        Accumulator.replacing(golden.vector(new double[size])));
  }
}
