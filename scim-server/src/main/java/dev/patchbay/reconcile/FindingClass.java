package dev.patchbay.reconcile;

/** What findings are counted by. */
enum FindingClass {
  MISSING("missing"),
  DIFFERENT("different"),
  /** Ours, and not wanted. */
  UNEXPECTED("unexpected"),
  STRANGER("strangers"),
  MANAGED("pbxManaged");

  private final String word;

  FindingClass(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static FindingClass of(Finding finding) {
    return switch (finding.drift()) {
      case Drift.Missing missing -> MISSING;
      case Drift.Different different -> DIFFERENT;
      case Drift.Unexpected(Drift.Origin origin) ->
          switch (origin) {
            case OURS -> UNEXPECTED;
            case STRANGER -> STRANGER;
            case PBX -> MANAGED;
          };
    };
  }
}
