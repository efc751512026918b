package dev.gengap.monitor.report;

/** Text of any origin as part of a page. */
final class Markup {
  private Markup() {}

  /**
   * {@code text} for between tags or in a quoted attribute; control characters, which a page may
   * not hold, become U+FFFD.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  /** A coordinate in whole and tenth units, the same in every locale. */
  static String coordinate(double value) {
    long tenths = Math.round(value * 10);
    String sign = tenths < 0 ? "-" : "";
    long size = Math.abs(tenths);
    return sign + size / 10 + (size % 10 == 0 ? "" : "." + size % 10);
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\n', '\r', '\t' -> escaped.append((char) c);
      default -> escaped.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
    }
  }
}
