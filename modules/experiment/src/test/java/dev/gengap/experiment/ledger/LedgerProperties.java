package dev.gengap.experiment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LedgerProperties {
  private static final RunId RUN = new RunId("00000000000a");
  private static final MeasureKey MARGIN = new MeasureKey("margin", "c1");
  private static final MeasureKey NORM = new MeasureKey("norm", "c1");

  private static final List<Consumer<Ledger>> RECORDS =
      List.of(
          ledger -> ledger.announced(new Snapshot(RUN, 0, "", Set.of())),
          ledger -> ledger.announced(new Snapshot(RUN, 4, "", Set.of())),
          ledger -> ledger.announced(new Snapshot(RUN, 8, "", Set.of(new Moment.End()))),
          ledger -> ledger.announced(new Snapshot(RUN, 9, "", Set.of())),
          ledger -> ledger.published(new WorkKey(RUN, 4, "", MARGIN)),
          ledger -> ledger.published(new WorkKey(RUN, 9, "", MARGIN)),
          ledger -> ledger.published(new WorkKey(RUN, 9, "", NORM)),
          ledger -> ledger.failed(new WorkKey(RUN, 0, "", NORM), 1),
          ledger -> ledger.failed(new WorkKey(RUN, 0, "", NORM), 2),
          ledger -> ledger.failed(new WorkKey(RUN, 8, "", NORM), 1));

  @Provide
  Arbitrary<List<Consumer<Ledger>>> replays() {
    List<Consumer<Ledger>> twice = new ArrayList<>(RECORDS);
    twice.addAll(RECORDS);
    return Arbitraries.shuffle(twice);
  }

  @Property(tries = 200)
  void replay_anyOrderAndTwice_givesTheSameWork(@ForAll("replays") List<Consumer<Ledger>> replay) {
    assertThat(work(replay)).isEqualTo(work(RECORDS));
  }

  private static List<Work> work(List<Consumer<Ledger>> records) {
    Ledger ledger = new Ledger(List.of(MARGIN, NORM), moments -> true, 2);
    records.forEach(record -> record.accept(ledger));
    List<Work> work = new ArrayList<>();
    for (Optional<Work> next = ledger.lease(); next.isPresent(); next = ledger.lease()) {
      work.add(next.get());
    }
    return work;
  }
}
