package dev.gengap.measures;

/** The papers that the built-in measures come from. */
final class Sources {
  static final String NEYSHABUR_2017 = "Neyshabur et al. 2017, arXiv 1706.08947";
  static final String BARTLETT_2017 = "Bartlett, Foster & Telgarsky 2017, arXiv 1706.08498";
  static final String NEYSHABUR_2018 = "Neyshabur, Bhojanapalli & Srebro 2018, arXiv 1707.09564";
  static final String JIANG_2020 = "Jiang et al. 2020, arXiv 1912.02178";
  static final String ELEMENTARY = "elementary";

  private Sources() {}
}
