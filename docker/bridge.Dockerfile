# The bridge, and the emulated phone systems: they are subcommands of it.
#   docker build -f docker/bridge.Dockerfile -t patchbay/bridge .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY scim-server scim-server
COPY connector/pom.xml connector/pom.xml
RUN mvn -B -q -pl scim-server package -DskipTests -Dquick

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 patchbay \
  && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin patchbay \
  && install -d -o 10001 -g 10001 -m 700 /opt/patchbay/data
WORKDIR /opt/patchbay
COPY --from=build /src/scim-server/target/lib lib
COPY --from=build /src/scim-server/target/patchbay.jar patchbay.jar
COPY --chmod=755 docker/healthy /usr/local/bin/healthy
USER 10001:10001
ENV PATCHBAY_LOG=json
EXPOSE 8080
# A volume here keeps its owner, so that the bridge may write to it.
VOLUME /opt/patchbay/data
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["healthy", "8080", "/health/ready"]
# The flags are those of docs/how-to/run-the-bridge.md.
ENTRYPOINT ["java", "-XX:+UseParallelGC", "-Djdk.virtualThreadScheduler.parallelism=4", "-jar", "/opt/patchbay/patchbay.jar"]
CMD ["serve", "--config", "/opt/patchbay/config/patchbay.yaml"]
