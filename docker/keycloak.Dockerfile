# Keycloak with the connector in it, prepared for PostgreSQL.
#   docker build -f docker/keycloak.Dockerfile -t patchbay/keycloak .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY scim-server/pom.xml scim-server/pom.xml
COPY connector connector
RUN mvn -B -q -pl connector package -DskipTests -Dquick

FROM quay.io/keycloak/keycloak:26.7.4 AS prepared
COPY --from=build --chown=1000:0 --chmod=644 /src/connector/target/connector-0.1.0-SNAPSHOT.jar /opt/keycloak/providers/patchbay.jar
RUN /opt/keycloak/bin/kc.sh build --db=postgres --health-enabled=true --vault=file

FROM quay.io/keycloak/keycloak:26.7.4
COPY --from=prepared --chown=1000:0 /opt/keycloak /opt/keycloak
COPY --chmod=755 docker/keycloak/start /opt/keycloak/bin/patchbay-start
COPY --chmod=755 docker/healthy /opt/keycloak/bin/healthy
USER 1000
EXPOSE 8180
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 CMD ["/opt/keycloak/bin/healthy", "9000", "/health/ready"]
ENTRYPOINT ["/opt/keycloak/bin/patchbay-start"]
CMD ["--import-realm", "--http-enabled=true", "--http-port=8180", "--hostname-strict=false", "--cache=local"]
