package dev.gengap.cli.experiment;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.KafkaProperties;
import dev.gengap.streams.StreamsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options that say which Kafka to use, and how. Mixed into commands. */
public final class BrokerOptions {
  /** Kafka counts milliseconds in 31 bits. */
  private static final int MOST_SECONDS = 1_000_000;

  private static final String BOOTSTRAP = "--bootstrap";

  @Option(
      names = BOOTSTRAP,
      paramLabel = "HOST:PORT",
      description = "Brokers to use, comma-separated (default: one inside this process).")
  private String bootstrap;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "How long connecting to a broker may take (default: 15).")
  private int timeoutSeconds;

  @Option(
      names = "--outage",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long the brokers named by --bootstrap may then be out of reach (default: 300).")
  private int outageSeconds;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Java properties for every Kafka client: TLS, SASL, and so on.")
  private Path file;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "One such property, such as security.protocol=SSL; goes before the file's.")
  private Map<String, String> properties = Map.of();

  /** The command of {@code line}, which has these options, with brokers that must be named. */
  public static CommandLine required(CommandLine line) {
    return redefined(line, true, "Brokers to use, comma-separated.");
  }

  /** The same, with {@code --bootstrap} described by {@code description}. */
  public static CommandLine described(CommandLine line, String description) {
    return redefined(line, false, description);
  }

  private static CommandLine redefined(CommandLine line, boolean required, String description) {
    CommandSpec spec = line.getCommandSpec();
    OptionSpec before = spec.findOption(BOOTSTRAP);
    spec.remove(before);
    spec.addOption(OptionSpec.builder(before).required(required).description(description).build());
    return line;
  }

  /** The named brokers, whatever experiment; for commands they are {@link #required} of. */
  public Brokers named() {
    return at(bootstrap);
  }

  /** The brokers at {@code address}, whatever experiment. */
  public Brokers at(String address) {
    return new Brokers(
        address,
        seconds("--timeout", timeoutSeconds),
        seconds("--outage", outageSeconds),
        clientProperties());
  }

  /** The named brokers, as they were named. */
  public String address() {
    return bootstrap;
  }

  /** Whether brokers were named, rather than one inside this process wanted. */
  public boolean external() {
    return bootstrap != null;
  }

  /**
   * How to reach the named brokers, for {@code experiment}.
   *
   * @throws UserError if an option is wrong
   */
  public StreamsConfig named(String experiment) {
    return config(bootstrap, experiment, seconds("--outage", outageSeconds));
  }

  /** Names of the experiments the named brokers hold. */
  public List<String> experiments() {
    return BrokerConnection.experiments(named("any"));
  }

  /**
   * How to reach a broker of Gengap's own on this machine, for {@code experiment}. Once it does not
   * answer it is gone for good.
   *
   * @throws UserError if an option is wrong
   */
  StreamsConfig own(String address, String experiment) {
    return config(address, experiment, seconds("--timeout", timeoutSeconds));
  }

  private StreamsConfig config(String address, String experiment, Duration outage) {
    Duration timeout = seconds("--timeout", timeoutSeconds);
    return new StreamsConfig(address, experiment, timeout, outage, clientProperties());
  }

  private Map<String, String> clientProperties() {
    KafkaProperties.check("--kafka", properties);
    Map<String, String> all = new HashMap<>(file == null ? Map.of() : KafkaProperties.read(file));
    all.putAll(properties);
    return all;
  }

  private static Duration seconds(String option, int seconds) {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new UserError(Problem.of("", option, seconds, "1 … " + MOST_SECONDS + " seconds"));
    }
    return Duration.ofSeconds(seconds);
  }
}
