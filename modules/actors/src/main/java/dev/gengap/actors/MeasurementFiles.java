package dev.gengap.actors;

import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings the tables of measurements in a run folder up to date, where no recorder is at work. */
public final class MeasurementFiles {
  private MeasurementFiles() {}

  /**
   * Writes the measurements that Kafka holds and {@code folder} does not, of runs that have a
   * folder there. The caller holds the folder's lock.
   */
  public static void update(BrokerConnection broker, RunFolder folder) {
    Map<String, MeasurementTables> tables = new HashMap<>();
    for (RunFiles files : folder.runs()) {
      tables.put(files.run().value(), new MeasurementTables(files));
    }
    List<Measurement> records;
    try (RecordTail<Measurement> tail = RecordTail.open(broker, RecordTypes.MEASUREMENTS)) {
      records = tail.readToEnd();
    }
    Resources open = new Resources();
    tables.values().forEach(of -> open.add(of::close));
    try (open) {
      for (Measurement record : records) {
        MeasurementTables of = tables.get(record.getRun());
        if (of != null) {
          of.add(record);
        }
      }
      tables.values().forEach(MeasurementTables::finish);
    }
  }
}
