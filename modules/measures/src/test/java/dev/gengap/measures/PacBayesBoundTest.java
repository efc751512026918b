package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacBayesBoundTest {

  @ParameterizedTest
  @CsvSource({
    "STRONG, 0.281807931317907",
    "WEAK, 1.2358053988852018",
    "MCALLESTER, 0.24139562966655112",
    "MCALLESTER_1999, 0.24149903096246367",
    "KL_INVERSE, 0.15796996962551618",
  })
  void of_evidence_isTheReferenceValue(PacBayesBound bound, double expected) {
    double value = bound.of(new PacBayesBound.Evidence(0.028, 5000, 55000, 0.05));
    assertThat(value).isCloseTo(expected, within(1e-12));
  }

  @Test
  void divergence_ofDiagonalGaussians_isTheReferenceValue() {
    assertThat(DiagonalGaussian.isotropic(2, 25, .25).divergenceFrom(.25))
        .isCloseTo(50, within(1e-12));
    double lnVariances = Math.log(.01) + Math.log(.04);
    assertThat(new DiagonalGaussian(2, 25, .05, lnVariances).divergenceFrom(.0625))
        .isCloseTo(200.53943428318837, within(1e-11));
  }

  @Test
  void union_overPriors_isTheBestOfAllPriors() {
    DiagonalGaussian posterior = DiagonalGaussian.isotropic(1000, 4, 1e-4);
    double n = 5000;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 1; j < 3000; j++) {
      double lambda = 0.1 * Math.exp(-j / 100.0);
      double divergence = posterior.divergenceFrom(lambda);
      double union = 2 * Math.log(100 * Math.log(0.1 / lambda));
      double confidence = Math.log(Math.PI * Math.PI * n / (6 * 0.025));
      least = Math.min(least, (divergence + union + confidence) / (n - 1));
    }
    double error = KlInverse.of(0.03, Math.log(2 / 0.01) / 1000);
    assertThat(error).isCloseTo(0.05096889579459446, within(1e-12));
    assertThat(new UnionOverPriors(posterior, n, 0.035).bound(0.03, 1000))
        .isCloseTo(KlInverse.of(error, least), within(1e-12));
  }

  @Test
  void union_posteriorWiderThanEveryPrior_takesTheWidest() {
    DiagonalGaussian posterior = DiagonalGaussian.isotropic(10, 4, 1);
    double widest = posterior.divergenceFrom(0.1 * Math.exp(-0.01));
    double complexity = (widest + Math.log(Math.PI * Math.PI * 5000 / (6 * 0.025))) / 4999;
    double error = KlInverse.of(0.03, Math.log(200) / 1000);
    assertThat(new UnionOverPriors(posterior, 5000, 0.035).bound(0.03, 1000))
        .isCloseTo(KlInverse.of(error, complexity), within(1e-12));
  }
}
