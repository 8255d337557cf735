/** A real Keycloak, a real bridge and an emulated PBX, each a process that can be killed. */
@NullMarked
package dev.patchbay.keycloak.rig;

import org.jspecify.annotations.NullMarked;
