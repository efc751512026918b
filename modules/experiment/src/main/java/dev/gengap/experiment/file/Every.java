package dev.gengap.experiment.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A period of snapshots: every so many steps or epochs, 0 for not. */
record Every(int steps, int epochs) {
  static final String FORMS = "n epochs or n steps with n ≥ 1, or none";

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})\\s+(epoch|step)s?");

  static Optional<Every> parse(String text) {
    if (text.equals("none")) {
      return Optional.of(new Every(0, 0));
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int n = Integer.parseInt(form.group(1));
    return Optional.of(form.group(2).equals("step") ? new Every(n, 0) : new Every(0, n));
  }
}
