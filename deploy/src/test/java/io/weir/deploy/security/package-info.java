/** Weir against a broker that asks who somebody is, and allows each only what {@code deploy/kafka/acls.sh} grants. */
@NullMarked
package io.weir.deploy.security;

import org.jspecify.annotations.NullMarked;
