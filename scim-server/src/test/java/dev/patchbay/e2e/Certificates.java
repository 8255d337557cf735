package dev.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A CA of one's own and what it signed, made by the JDK's keytool. */
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  static Certificates in(Path folder) throws IOException, InterruptedException {
    var made = new Certificates(folder);
    made.keytool("-genkeypair", "ca", "-dname", "CN=ca", "-keyalg", "EC", "-ext", "bc:c");
    made.signed("good", "dns:localhost", "-validity", "30");
    made.signed("elsewhere", "dns:pbx.example.com", "-validity", "30");
    made.signed("expired", "dns:localhost", "-startdate", "-10d", "-validity", "5");
    made.keytool(
        "-genkeypair",
        "stranger",
        "-dname",
        "CN=pbx",
        "-keyalg",
        "EC",
        "-ext",
        "san=dns:localhost");
    made.keytool("-exportcert", "ca", "-rfc", "-file", made.ca().toString());
    return made;
  }

  /** What a bridge has to trust. */
  Path ca() {
    return folder.resolve("ca.pem");
  }

  private void signed(String alias, String name, String... validity)
      throws IOException, InterruptedException {
    var more = new ArrayList<>(List.of("-dname", "CN=pbx", "-keyalg", "EC", "-signer", "ca"));
    more.addAll(List.of("-ext", "san=" + name));
    more.addAll(List.of(validity));
    keytool("-genkeypair", alias, more.toArray(String[]::new));
  }

  private void keytool(String command, String alias, String... more)
      throws IOException, InterruptedException {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var line = new ArrayList<>(List.of(keytool, command, "-alias", alias));
    line.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
    line.addAll(List.of(more));
    var log = folder.resolve("keytool.log").toFile();
    var process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log).start();
    assertThat(process.waitFor()).as(() -> log.toString()).isZero();
  }

  private Path store() {
    return folder.resolve("keys.p12");
  }

  /** A server's context with one of them: good, elsewhere, expired, stranger. */
  SSLContext of(String alias) {
    try (var in = Files.newInputStream(store())) {
      var all = KeyStore.getInstance("PKCS12");
      all.load(in, PASSWORD.toCharArray());
      var one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      var key = all.getKey(alias, PASSWORD.toCharArray());
      one.setKeyEntry(alias, key, PASSWORD.toCharArray(), all.getCertificateChain(alias));
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(one, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
