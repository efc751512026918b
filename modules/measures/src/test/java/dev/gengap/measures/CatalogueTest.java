package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void all_keys_areUnique() {
    assertThat(keys(Catalogue.builtIn().all())).doesNotHaveDuplicates().hasSizeGreaterThan(35);
  }

  @Test
  void named_groupsAndKeys_giveEachMeasureOnceInOrder() {
    assertThat(
            keys(Catalogue.builtIn().named(List.of("path-l2", "margin_p5", "margin", "path2_sum"))))
        .containsExactly(
            "margin_p5",
            "margin_p10",
            "path2_sum",
            "ln_path2_sum",
            "ln_path2_over_margin",
            "ln_l2_path_capacity");
  }

  @Test
  void named_everyGroup_hasMeasures() {
    for (String group : Catalogue.builtIn().groups()) {
      assertThat(Catalogue.builtIn().named(List.of(group))).as(group).isNotEmpty();
    }
    assertThat(Catalogue.builtIn().named(List.of("all"))).isEqualTo(Catalogue.builtIn().all());
    assertThat(keys(Catalogue.builtIn().named(List.of("norms"))))
        .contains("ln_spectral_capacity", "path1_sum", "distance_from_init")
        .doesNotContain("train_error", "samples");
  }

  @Test
  void named_unknownNames_reportsAllAndWhatThereIs() {
    assertThatThrownBy(() -> Catalogue.builtIn().named(List.of("path", "margin", "smoothness")))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "(?s)measure: path \\(expected: a group \\(size, error, margin,.*\\) or a key "
                + "\\(samples, .*\nmeasure: smoothness .*");
  }

  @Test
  void describe_measureOverMargin_saysWhatItNeedsAndItsConventions() {
    var description = Catalogue.builtIn().named(List.of("ln_path2_over_margin")).get(0).describe();
    assertThat(description.needs())
        .containsExactlyInAnyOrder(Need.PATHS, Need.TRAIN_OUTPUTS, Need.POSITIVE_MARGIN);
    assertThat(description.cost()).isEqualTo(CostClass.FORWARD);
    assertThat(description.conventions())
        .containsEntry("bias", "excluded")
        .containsEntry("factors", "none");
    assertThat(description.conventionsUnder(Settings.STANDARD))
        .containsAllEntriesOf(description.conventions())
        .containsEntry("margin_percentile", "5");
  }

  private static List<String> keys(List<Measure> measures) {
    return measures.stream().map(measure -> measure.describe().key()).toList();
  }
}
