# The fee center, from what `mvn -DskipTests package` built. In the project's root:
#   docker build -f deploy/containers/fee-center.Dockerfile -t weir/fee-center:0.1.0 .
# The argument is a properties file; environment variables win over it.

# A tag can be pushed again, a digest cannot: see CONTAINERS.md.
ARG JAVA_IMAGE=eclipse-temurin:17.0.19_10-jre-noble
FROM ${JAVA_IMAGE}

LABEL org.opencontainers.image.title="Weir fee center" \
      org.opencontainers.image.description="Bill lines on Kafka to a double-entry ledger in PostgreSQL" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"

RUN groupadd --gid 10001 weir \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /opt/weir --shell /usr/sbin/nologin weir

COPY billing-sink/target/lib /opt/weir/lib
COPY deploy/containers/ready /opt/weir/ready
COPY billing-sink/target/billing-sink.jar /opt/weir/fee-center.jar

ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" \
    WEIR_HTTP_HOST=0.0.0.0

# By number: Kubernetes cannot tell from a name that it is not root.
USER 10001:10001
WORKDIR /opt/weir
EXPOSE 8382
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m --start-interval=2s CMD ["/opt/weir/ready", "8382"]
ENTRYPOINT ["java", "-jar", "/opt/weir/fee-center.jar"]
