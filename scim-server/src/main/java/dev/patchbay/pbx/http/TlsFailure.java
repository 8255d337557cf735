package dev.patchbay.pbx.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What is wrong with the other side's TLS, in words an operator can act on. */
final class TlsFailure {
  private static final int DEEPEST = 10; // causes of causes; a circle of them must end

  private TlsFailure() {}

  /** Empty where it is no matter of certificates. */
  static Optional<String> certificate(Throwable failure) {
    if (!(failure instanceof SSLHandshakeException)) {
      return Optional.empty();
    }
    var found = Optional.<String>empty();
    int depth = 0;
    for (Throwable it = failure; it != null && depth < DEEPEST; it = it.getCause()) {
      var outer = found;
      found = problem(it).or(() -> outer);
      depth++;
    }
    return found;
  }

  /** The innermost says most. */
  private static Optional<String> problem(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException it -> Optional.of("its certificate has expired");
      case CertificateNotYetValidException it ->
          Optional.of("its certificate is not valid yet; is the clock right?");
      case CertPathBuilderException it ->
          Optional.of("its certificate is signed by nobody who is trusted here; see ca-file");
      case CertPathValidatorException it -> Optional.of("its certificate is not valid");
      case CertificateException it when isOfAnotherHost(it) ->
          Optional.of("its certificate is for another host name than base-url has");
      case CertificateException it -> Optional.of("its certificate is not valid");
      default -> Optional.empty();
    };
  }

  private static boolean isOfAnotherHost(CertificateException failure) {
    var message = String.valueOf(failure.getMessage());
    return message.startsWith("No name matching") || message.startsWith("No subject alternative");
  }

  /** Whether what answers at the port is no TLS at all. */
  static boolean isNoTls(Throwable failure) {
    return failure instanceof SSLException
        && String.valueOf(failure.getMessage()).contains("Unsupported or unrecognized");
  }
}
