package dev.gengap.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ScaleProperties {
  @Property
  void covering_anyValues_hasThemAllBetweenItsEnds(@ForAll @Size(max = 5) double[] values) {
    for (Scale scale : List.of(LinearScale.covering(values), LogScale.covering(values))) {
      double[] sorted = Arrays.stream(values).filter(scale::shows).sorted().toArray();
      double[] positions = Arrays.stream(sorted).map(scale::position).toArray();

      assertThat(positions).isSorted();
      assertThat(Arrays.stream(positions)).allMatch(p -> p >= 0 && p <= 1);
    }
  }

  @Property
  void ticks_anyValues_areFewAndInOrder(@ForAll @Size(max = 5) double[] values) {
    for (Scale scale : List.of(LinearScale.covering(values), LogScale.covering(values))) {
      double[] positions = scale.ticks().stream().mapToDouble(Tick::position).toArray();

      assertThat(positions).hasSizeBetween(2, 9).isSorted();
      assertThat(scale.ticks().stream().map(Tick::label)).doesNotHaveDuplicates();
    }
  }
}
