package io.weir.feecenter.account;

import io.weir.wire.Secret;
import java.util.Optional;

/**
 * The mail server of the operator's choice.
 *
 * @param port e.g. 587 for STARTTLS, 465 for TLS
 * @param from the sender's address
 * @param login as which user, and with which password; empty where the server asks for none
 */
public record SmtpServer(String host, int port, Encryption encryption, String from, Optional<Login> login) {

    /** How the connection is kept from being read. */
    public enum Encryption {
        /** Not at all: for a server on the same machine only. */
        NONE,
        /** It begins in plain text and is encrypted before anything is said; a server that cannot is not used. */
        STARTTLS,
        /** From its first byte. */
        TLS
    }

    /** Who sends. */
    public record Login(String user, Secret password) {}
}
