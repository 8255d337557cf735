package dev.patchbay.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param place the file and line, or the environment variable, the value came from
 * @param key the path of the setting, such as {@code tenants.office.pbx.base-url}; empty for the
 *     file as a whole
 * @param message what was expected and what was found; never a secret
 */
public record ConfigProblem(String place, String key, String message) {

  @Override
  public String toString() {
    return key.isEmpty() ? place + ": " + message : place + ": " + key + ": " + message;
  }
}
