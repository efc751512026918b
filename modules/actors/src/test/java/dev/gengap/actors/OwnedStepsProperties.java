package dev.gengap.actors;

import static dev.gengap.actors.TestRecords.placed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The first incarnation goes on to step 9 though it lost the run at 4; the third begins at 2. */
class OwnedStepsProperties {
  private static final List<Consumer<OwnedSteps<String>>> RECORDS = records();

  @Property(tries = 500)
  void values_afterTheRecordsInAnyOrder_areThoseOfTheOwners(
      @ForAll("orders") List<Consumer<OwnedSteps<String>>> order) {
    OwnedSteps<String> steps = new OwnedSteps<>();
    order.forEach(record -> record.accept(steps));

    assertThat(steps.values()).containsExactly("1:0", "1:1", "1:2", "3:3", "3:4", "3:5");
    assertThat(steps.get(3)).contains("3:3");
    assertThat(steps.incarnation(3)).isEqualTo(3);
    assertThat(steps.get(9)).isEmpty();
    assertThat(steps.incarnation(9)).isZero();
  }

  @Provide
  Arbitrary<List<Consumer<OwnedSteps<String>>>> orders() {
    return Arbitraries.shuffle(RECORDS);
  }

  private static List<Consumer<OwnedSteps<String>>> records() {
    List<Consumer<OwnedSteps<String>>> records = new ArrayList<>();
    records.add(steps -> steps.observe(placed(0)));
    records.add(steps -> steps.observe(placed(0, 4)));
    records.add(steps -> steps.observe(placed(0, 4, 2)));
    LongStream.rangeClosed(0, 9).forEach(step -> records.add(told(1, step)));
    LongStream.rangeClosed(5, 8).forEach(step -> records.add(told(2, step)));
    LongStream.rangeClosed(3, 5).forEach(step -> records.add(told(3, step)));
    return List.copyOf(records);
  }

  private static Consumer<OwnedSteps<String>> told(int incarnation, long step) {
    return steps -> steps.put(incarnation, step, incarnation + ":" + step);
  }
}
