/** Java, Scala, Kotlin: Gradle, Maven, Ivy, sbt, Coursier. */
import type { CatalogueEntry } from '../entry.ts';

export const jvm: readonly CatalogueEntry[] = [
  {
    id: 'gradle-caches',
    row: 130,
    what: 'Gradle caches, wrappers and daemon logs',
    class: 'A',
    paths: ['$GRADLE_USER_HOME/{caches,daemon}', '$GRADLE_USER_HOME/wrapper/dists'],
    usedBy: ['java'],
    command: 'gradle --stop',
    advice: 'stop the daemons, then delete',
    traps: [
      'Gradle trims: downloads after 30 days, created files after 7',
      'gradle.properties (credentials), init.d and jdks beside it stay',
    ],
    source: 'research table: gradle(1); docs.gradle.org, Gradle user home',
  },
  {
    id: 'maven-repository',
    row: 131,
    what: 'Maven local repository',
    class: 'C',
    paths: ['~/.m2/repository'],
    usedBy: ['java'],
    command: 'mvn dependency:purge-local-repository',
    advice: 'what came from a remote can be fetched again (_remote.repositories says which)',
    traps: ['artifacts installed locally exist nowhere else', 'settings.xml beside it stays'],
    source: 'Maven 3.8 (settings.xml, localRepository)',
  },
  {
    id: 'coursier-cache',
    row: 132,
    what: 'Coursier downloads (Scala, sbt)',
    class: 'A',
    paths: ['$COURSIER_CACHE'],
    usedBy: ['java', 'cs'],
    source: 'get-coursier.io/docs/cache (quoted in scala-xml#357), coursier/cache-migration',
  },
  {
    id: 'ivy-sbt-caches',
    row: 132,
    what: 'Ivy and sbt caches',
    class: 'C',
    paths: ['~/.ivy2/cache', '~/.sbt/boot'],
    usedBy: ['java'],
    advice: 'delete while no build runs; ~/.ivy2/local holds what was published locally',
    source: 'general knowledge',
    verified: false,
  },
];
