# The operator's commands (audit, held, rejected, rebuild) for a network that only containers reach, from what `mvn -DskipTests package`
# built. It cannot run a stack of its own: quickstart, replay and faults stay on a machine. In the project's root:
#   docker build -f deploy/containers/weir.Dockerfile -t weir/weir:0.1.0 .

# A tag can be pushed again, a digest cannot: see CONTAINERS.md.
ARG JAVA_IMAGE=eclipse-temurin:17.0.19_10-jre-noble
FROM ${JAVA_IMAGE}

LABEL org.opencontainers.image.title="Weir commands" \
      org.opencontainers.image.description="What an operator asks and does: audit, held, rejected, rebuild" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"

RUN groupadd --gid 10001 weir \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /opt/weir --shell /usr/sbin/nologin weir

COPY deploy/target/lib /opt/weir/lib
COPY deploy/target/deploy.jar /opt/weir/weir.jar

# The file of the metering stream leaves its folder to its image. Nothing is written there.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" \
    WEIR_STATE_DIR=/var/lib/weir/state

# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001:10001
WORKDIR /opt/weir
ENTRYPOINT ["java", "-jar", "/opt/weir/weir.jar"]
CMD ["--help"]
