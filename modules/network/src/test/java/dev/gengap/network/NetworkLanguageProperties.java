package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Extent;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.LocalResponseNorm;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Padding;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Relu;
import dev.gengap.network.layer.Sequential;
import dev.gengap.network.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NetworkLanguageProperties {
  private static final List<Integer> INPUT = List.of(2, 9, 7);
  private static final int CLASSES = 3;

  @Property(tries = 200)
  void render_anyNetwork_parsesBackToIt(@ForAll("networks") NetworkSpec network) {
    String text = NetworkLanguage.render(network);
    NetworkSpec parsed = NetworkLanguage.parse(text, "rendered");
    assertThat(parsed).isEqualTo(network);
    assertThat(NetworkLanguage.render(parsed)).isEqualTo(text);
  }

  @Property(tries = 100)
  void tensors_ofAnyNetwork_haveTheirOwnNamesAndMatchTheSummary(
      @ForAll("networks") NetworkSpec network) {
    assertThat(network.tensors()).extracting(ParameterSpec::name).doesNotHaveDuplicates();
    List<LayerSummary> top =
        NetworkSummary.of(network).layers().stream().filter(l -> l.depth() == 0).toList();
    assertThat(top).hasSameSizeAs(network.layers());
    assertThat(top.stream().mapToLong(LayerSummary::parameters).sum())
        .isEqualTo(network.parameterCount());
    assertThat(top.stream().mapToLong(l -> l.parameters() + l.statistics()).sum())
        .isEqualTo(network.stateCount());
    assertThat(top.stream().mapToLong(LayerSummary::multiplyAdds).sum())
        .isEqualTo(network.multiplyAdds());
  }

  /** Layers drawn at will, those that do not fit left out. */
  @Provide
  Arbitrary<NetworkSpec> networks() {
    Arbitrary<LayerSpec> plain = layers();
    Arbitrary<List<LayerSpec>> path = plain.list().ofMaxSize(3);
    Arbitrary<LayerSpec> concat =
        path.list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(NetworkLanguageProperties::fitting)
            .map(Concat::new);
    Arbitrary<LayerSpec> add =
        path.list().ofMinSize(1).ofMaxSize(3).map(NetworkLanguageProperties::fitting).map(Add::new);
    return Arbitraries.oneOf(plain, concat, add)
        .list()
        .ofMaxSize(6)
        .map(NetworkLanguageProperties::network);
  }

  private static NetworkSpec network(List<LayerSpec> drawn) {
    List<LayerSpec> layers = new ArrayList<>(fitting(drawn, INPUT));
    layers.add(new Flatten());
    layers.add(new Linear(CLASSES, drawn.size() % 2 == 0));
    return new NetworkSpec(INPUT, CLASSES, layers);
  }

  private static List<List<LayerSpec>> fitting(List<List<LayerSpec>> paths) {
    return paths.stream().map(path -> fitting(path, INPUT)).toList();
  }

  private static List<LayerSpec> fitting(List<LayerSpec> drawn, List<Integer> input) {
    List<LayerSpec> kept = new ArrayList<>();
    for (LayerSpec layer : drawn) {
      if (layer.misfit(new Sequential(kept).outputShape(input)).isEmpty()) {
        kept.add(layer);
      }
    }
    return kept;
  }

  private static Arbitrary<LayerSpec> layers() {
    Arbitrary<Extent> extents =
        Combinators.combine(
                Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 4))
            .as(Extent::new);
    Arbitrary<Padding> paddings =
        Arbitraries.oneOf(
            Arbitraries.just(new Padding.Same()),
            Arbitraries.of(0, 1, 2).map(side -> new Padding.Fixed(Extent.square(side))),
            extents.map(Padding.Fixed::new));
    Arbitrary<Double> numbers = Arbitraries.doubles().between(1e-7, 0.999).ofScale(9);
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.integers().between(1, 5),
                extents,
                extents,
                paddings,
                Arbitraries.of(true, false))
            .as(Conv2d::new),
        Combinators.combine(extents, extents, paddings).as(MaxPool2d::new),
        Combinators.combine(extents, extents, paddings).as(AvgPool2d::new),
        Combinators.combine(numbers, numbers).as(BatchNorm::new),
        numbers.map(LayerNorm::new),
        Combinators.combine(Arbitraries.integers().between(1, 9), numbers, numbers, numbers)
            .as(LocalResponseNorm::new),
        numbers.map(Dropout::new),
        numbers.map(LeakyRelu::new),
        Arbitraries.of(new Relu(), new Tanh(), new Gelu(), new Flatten(), new Linear(4, true)));
  }
}
