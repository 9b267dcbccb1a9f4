# The metering stream, from what `mvn -DskipTests package` built. In the project's root:
#   docker build -f deploy/containers/metering-stream.Dockerfile -t weir/metering-stream:0.1.0 .
# The argument is a properties file; environment variables win over it.

# A tag can be pushed again, a digest cannot: see CONTAINERS.md. Never go back to a Java with older time-zone rules, which the stream refuses.
ARG JAVA_IMAGE=eclipse-temurin:17.0.19_10-jre-noble
FROM ${JAVA_IMAGE}

LABEL org.opencontainers.image.title="Weir metering stream" \
      org.opencontainers.image.description="Usage events on Kafka to priced bill lines" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"

RUN groupadd --gid 10001 weir \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/weir --shell /usr/sbin/nologin weir \
 && install --directory --owner=10001 --group=10001 --mode=0750 /var/lib/weir

COPY metering-stream/target/lib /opt/weir/lib
COPY deploy/containers/ready /opt/weir/ready
COPY metering-stream/target/metering-stream.jar /opt/weir/metering-stream.jar

# The heap takes 30 % of the memory, and needs 512 MiB where records of 64 MiB may come. RocksDB takes most of the rest, in fewer pieces with two
# arenas than with the many that glibc would make.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=30 -XX:+ExitOnOutOfMemoryError" \
    MALLOC_ARENA_MAX=2 \
    WEIR_STATE_DIR=/var/lib/weir/state \
    WEIR_HTTP_HOST=0.0.0.0

# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001:10001
WORKDIR /opt/weir
VOLUME /var/lib/weir
EXPOSE 8381
HEALTHCHECK --interval=10s --timeout=5s --start-period=15m --start-interval=2s CMD ["/opt/weir/ready", "8381"]
ENTRYPOINT ["java", "-jar", "/opt/weir/metering-stream.jar"]
