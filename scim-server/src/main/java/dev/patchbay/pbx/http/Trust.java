package dev.patchbay.pbx.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates a PBX may have, where that is not whom Java trusts. */
public final class Trust {
  private Trust() {}

  /**
   * Trusts who is in that file, and nobody else.
   *
   * @param pem certificates, each between BEGIN CERTIFICATE and END CERTIFICATE
   * @throws IllegalArgumentException if it cannot be read or has none
   */
  public static SSLContext in(Path pem) {
    try (var in = Files.newInputStream(pem)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("no certificate in " + pem);
      }
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (var certificate : certificates) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      return context(trusted);
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new IllegalArgumentException("cannot read " + pem, unreadable);
    }
  }

  private static SSLContext context(KeyStore trusted) throws GeneralSecurityException {
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /** Whom Java trusts. */
  public static SSLContext usual() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this Java has no usable TLS", broken);
    }
  }
}
