package dev.gengap.network;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.io.File;
import java.net.URL;

/** What {@code include} reaches: the files of named networks, by name, and nothing else. */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private final String origin;

  /**
   * @param origin of the text that includes
   */
  Includes(String origin) {
    this.origin = origin;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (!NamedNetworks.NAMES.contains(what)) {
      throw refused(what);
    }
    return NetworkLanguage.unresolved(NamedNetworks.text(what), what).root();
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refused(what);
  }

  private UserError refused(Object what) {
    return new UserError(
        Problem.of(
            origin,
            "include",
            what,
            "a named network, one of " + String.join(", ", NamedNetworks.NAMES)));
  }
}
