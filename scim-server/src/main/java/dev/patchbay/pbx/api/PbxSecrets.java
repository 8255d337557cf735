package dev.patchbay.pbx.api;

import dev.patchbay.config.Secret;

/** The secrets a new user needs: login password, SIP password, voicemail PIN. */
public record PbxSecrets(Secret password, Secret extensionPassword, Secret voicemailPin) {}
