package dev.gengap.measures;

/** The papers that the built-in measures come from. */
final class Sources {
  static final String NEYSHABUR_2017 = "Neyshabur et al. 2017, arXiv 1706.08947";
  static final String NEYSHABUR_2015 = "Neyshabur, Tomioka & Srebro 2015, arXiv 1503.00036";
  static final String BARTLETT_2017 = "Bartlett, Foster & Telgarsky 2017, arXiv 1706.08498";
  static final String NEYSHABUR_2018 = "Neyshabur, Bhojanapalli & Srebro 2018, arXiv 1707.09564";
  static final String NEYSHABUR_2019 = "Neyshabur et al. 2019, arXiv 1805.12076";
  static final String BARTLETT_2002 = "Bartlett & Mendelson 2002, JMLR 3";
  static final String SEDGHI_2019 = "Sedghi, Gupta & Long 2019, arXiv 1805.10408";
  static final String JIANG_2020 = "Jiang et al. 2020, arXiv 1912.02178";
  static final String KESKAR_2017 = "Keskar et al. 2017, arXiv 1609.04836";
  static final String NOVAK_2018 = "Novak et al. 2018, arXiv 1802.08760";
  static final String LIANG_2019 = "Liang et al. 2019, arXiv 1711.01530";
  static final String YAO_2020 = "Yao et al. 2020 (PyHessian), arXiv 1912.07145";
  static final String FORET_2021 = "Foret et al. 2021 (SAM), arXiv 2010.01412";
  static final String KWON_2021 = "Kwon et al. 2021 (ASAM), arXiv 2102.11600";
  static final String DZIUGAITE_2017 = "Dziugaite & Roy 2017, arXiv 1703.11008";
  static final String MCALLESTER_1999 = "McAllester 1999, PAC-Bayesian model averaging";
  static final String MAURER_2004 = "Maurer 2004, arXiv cs/0411099";
  static final String MARTIN_2021 = "Martin, Peng & Mahoney 2021, arXiv 2002.06716 (WeightWatcher)";
  static final String BARTLETT_2019 = "Bartlett et al. 2019, arXiv 1703.02930";
  static final String XU_2012 = "Xu & Mannor 2012, arXiv 1005.2243";
  static final String ARPIT_2017 = "Arpit et al. 2017, arXiv 1706.05394";
  static final String TONEVA_2019 = "Toneva et al. 2019, arXiv 1812.05159";
  static final String NATEKAR_2020 = "Natekar & Sharma 2020, arXiv 2012.02775";
  static final String ELEMENTARY = "elementary";

  private Sources() {}
}
