/**
 * What is checked of the files by which Weir runs in containers: {@code compose.yaml}, the container files and the manifests of
 * Kubernetes. No container is started. The files are read as those who run them read them, and the settings in them as the
 * applications do.
 */
@NullMarked
package io.weir.deploy.containers;

import org.jspecify.annotations.NullMarked;
