package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleSearchTest {

  @ParameterizedTest
  @ValueSource(doubles = {1.1e-6, 3e-4, 0.05, 1, 15.9})
  void find_risingEstimate_isWhereItReachesTheThreshold(double root) {
    Crossing.At found = at(find(root, Optional.empty(), new AtomicInteger()));
    assertThat(found.scale()).isCloseTo(root, within(1e-3 * root));
    assertThat(found.relativeError()).isZero();
    assertThat(found.timeLimited()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1e-6, 3e-4, 0.049, 0.05, 0.051, 1, 15.9})
  void find_startedElsewhere_isTheSame(double start) {
    AtomicInteger anew = new AtomicInteger();
    Crossing expected = find(0.05, Optional.empty(), anew);
    Crossing before = find(start, Optional.empty(), new AtomicInteger());
    assertThat(find(0.05, Optional.of(before), new AtomicInteger())).isEqualTo(expected);
    assertThat(anew.get()).isLessThanOrEqualTo(10);
  }

  @Test
  void find_startedAlmostThere_costsLess() {
    Crossing before = find(0.051, Optional.empty(), new AtomicInteger());
    AtomicInteger again = new AtomicInteger();
    find(0.05, Optional.of(before), again);
    assertThat(again.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void find_outsideTheGrid_isSaturated() {
    assertThat(find(17, Optional.empty(), new AtomicInteger()))
        .isEqualTo(new Crossing.Saturated("not above 0.1 at the greatest scale, 2^4"));
    assertThat(find(1e-7, Optional.empty(), new AtomicInteger()))
        .isEqualTo(new Crossing.Saturated("above 0.1 at the least scale, 2^-20"));
    Crossing before = find(15, Optional.empty(), new AtomicInteger());
    assertThat(find(17, Optional.of(before), new AtomicInteger()))
        .isInstanceOf(Crossing.Saturated.class);
  }

  @Test
  void find_sampledEstimate_hasItsErrorOverTheSlope() {
    Crossing.At found =
        at(
            new ScaleSearch(scale -> new Estimate(scale * scale, 0.01), 0.1, unlimited())
                .find(Optional.empty()));
    // d s²/d ln s = 2 · 0.1 at the threshold
    assertThat(found.relativeError()).isCloseTo(0.05, within(0.01));
    MeasuredValue.Scalar value = (MeasuredValue.Scalar) found.value(scale -> 1 / (scale * scale));
    assertThat(value.value()).isCloseTo(10, within(0.02));
    assertThat(value.standardError().orElseThrow()).isCloseTo(1, within(0.25));
  }

  @Test
  void find_noTime_isSomewhereAndSaysSo() {
    TimeLimit over = new TimeLimit(new Settings(Map.of(Setting.SECONDS, 1e-9)));
    Crossing.At found = at(new ScaleSearch(Estimate::exact, 0.1, over).find(Optional.empty()));
    assertThat(found.timeLimited()).isTrue();
    assertThat(found.relativeError()).isGreaterThan(1);
  }

  private static Crossing find(double root, Optional<Crossing> start, AtomicInteger evaluations) {
    return new ScaleSearch(
            scale -> {
              evaluations.incrementAndGet();
              return Estimate.exact(0.1 * Math.pow(scale / root, 2));
            },
            0.1,
            unlimited())
        .find(start);
  }

  private static TimeLimit unlimited() {
    return new TimeLimit(Settings.STANDARD);
  }

  private static Crossing.At at(Crossing crossing) {
    return (Crossing.At) crossing;
  }
}
