/** Stores of build servers, code hosts and artifact repositories: records and artifacts that the server keeps account of. */
import type { BuildStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const builds: readonly (StoreEntry & { readonly store: BuildStore })[] = [
  {
    store: 'jenkins',
    marks: [
      'config.xml jobs',
      'jobs nodeMonitors.xml',
      'jobs secrets/master.key',
      'jobs plugins secrets',
      'jobs/*/builds',
    ],
    begins: { 'config.xml': /<hudson\b/u },
    places: ['jenkins-builds'],
    logs: /^(?:logs\/.*|jenkins)\.log$/u,
    levers: [
      {
        command: 'java -jar jenkins-cli.jar -s http://localhost:8080/ delete-builds JOB FIRST-LAST',
        loses: 'old-generations',
      },
    ],
    source: 'jenkins.io/doc: JENKINS_HOME, Jenkins CLI delete-builds, Discard old builds',
  },
  {
    store: 'gitlab-backups',
    marks: ['*_gitlab_backup.tar'],
    places: ['gitlab-backups'],
    extent: /_gitlab_backup\.tar|^backup_information\.yml$/u,
    levers: [{ command: 'ls -lt {store}', does: 'shows' }],
    source: 'docs.gitlab.com: Back up GitLab (backup_keep_time)',
  },
  {
    store: 'gitlab',
    marks: [
      'gitlab-rails gitaly',
      'gitlab-rails git-data',
      'gitlab-rails postgresql',
      'git-data/repositories',
      'shared/artifacts shared/lfs-objects',
      'artifacts lfs-objects uploads',
    ],
    places: ['gitlab-data'],
    hosts: ['postgresql', 'prometheus', 'redis', 'backups'],
    logs: /^(?:logs?|gitlab-workhorse|nginx)\/.*\.log$/u,
    parts: [
      ['repository', 'git-data'],
      ['content', 'gitlab-rails/shared/*'],
      ['upload', 'gitlab-rails/uploads'],
      ['layer', 'gitlab-rails/shared/registry'],
      ['content', 'shared/*'],
      ['backup', 'backups'],
      ['database', 'postgresql'],
      ['database', 'prometheus'],
      ['log', 'logs'],
    ],
    levers: [
      { command: 'ls -lt {store}/backups', does: 'shows', of: ['backup'] },
      { command: 'gitlab-rake gitlab:cleanup:orphan_job_artifact_files DRY_RUN=false', loses: 'leftovers' },
      { command: 'gitlab-ctl registry-garbage-collect', loses: 'thrown-away', of: ['layer'] },
    ],
    source: 'docs.gitlab.com: Clean up Rake tasks, Container registry garbage collection',
  },
  {
    store: 'gitea',
    marks: [
      'gitea-repositories',
      'conf/app.ini git',
      'gitea.db',
      'forgejo.db',
      'repo-archive lfs',
      'gitea/conf git/repositories',
      'attachments avatars lfs',
      'lfs repo-avatars',
    ],
    programs: ['gitea', 'forgejo'],
    parts: [
      ['repository', 'gitea-repositories/*'],
      ['repository', 'git/repositories/*'],
      ['cache', 'repo-archive'],
      ['cache', 'data/repo-archive'],
      ['package', 'data/packages'],
      ['package', 'packages'],
      ['content', 'actions_artifacts'],
      ['log', 'actions_log'],
      ['content', 'lfs'],
      ['upload', 'attachments'],
    ],
    levers: [
      { command: 'gitea doctor check --all', does: 'shows' },
      { command: 'gitea doctor check --run gc-lfs --fix', loses: 'thrown-away', user: '{owner}' },
    ],
    source:
      'docs.gitea.com: command line (doctor), cron.archive_cleanup, cron.gc_lfs; go-gitea/gitea#21978 (gc-lfs)',
  },
  {
    store: 'lfs-server',
    // Gitea's, Forgejo's and GitLab's: the first four digits of the SHA-256 sum are directories, the rest is the name.
    marks: [`[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/${'[0-9a-f]'.repeat(60)}`],
    levers: [
      { command: 'gitea doctor check --run gc-lfs --fix', loses: 'thrown-away', user: '{owner}' },
      { command: 'gitlab-rake gitlab:cleanup:orphan_lfs_files', loses: 'thrown-away' },
    ],
    source: 'go-gitea/gitea#21978 (gc-lfs); docs.gitlab.com: Clean up Rake tasks (unreferenced LFS files)',
  },
  {
    store: 'sonarqube',
    marks: ['data/es[0-9] temp', 'data/es[0-9]/nodes', 'es[0-9] web'],
    parts: [
      ['index', 'data/es*'],
      ['index', 'es*'],
      ['temporary', 'temp'],
      ['log', 'logs'],
    ],
    logs: /^logs\/.*\.log$/u,
    levers: [{ command: 'curl -u admin http://localhost:9000/api/ce/activity_status', does: 'shows' }],
    source:
      'docs.sonarsource.com: Housekeeping, Elasticsearch index (data/esN is built anew when it is missing)',
  },
  {
    store: 'concourse-worker',
    marks: ['volumes/live', 'live init dead'],
    parts: [
      ['volume', 'volumes/live'],
      ['garbage', 'volumes/dead'],
    ],
    levers: [{ command: 'fly -t TARGET volumes --details', does: 'shows' }],
    source: 'concourse-ci.org: fly volumes, land-worker, baggageclaim (volumes/live)',
  },
  {
    store: 'bazel-cache',
    marks: ['ac.v2 cas.v2', 'ac/[0-9a-f][0-9a-f] cas/[0-9a-f][0-9a-f]'],
    programs: ['bazel-remote'],
    parts: [['object', '*']],
    levers: [{ command: 'du -sh {store}', does: 'shows' }],
    source:
      'github.com/buchgr/bazel-remote: --max_size; bazel.build: --disk_cache, --experimental_disk_cache_gc_max_size',
  },
  {
    store: 'gitlab-runner',
    marks: ['builds/*/[0-9]*/*', 'cache/*/*/*/cache.zip', 'runner-*-project-[0-9]*-concurrent-[0-9]*'],
    extent: /^(?:builds$|cache$|runner-)/u,
    programs: ['gitlab-runner'],
    parts: [
      ['workspace', 'builds/*'],
      ['cache', 'cache/*'],
      ['cache', 'runner-*'],
    ],
    levers: [{ command: 'gitlab-runner list', does: 'shows' }],
    source: 'docs.gitlab.com/runner: builds_dir, cache_dir, Clear the Docker cache; gitlab-org/gitlab#431079',
  },
  {
    store: 'nexus',
    marks: ['blobs/*/content', 'content/vol-[0-9]*', 'blobs db etc', '*/content/vol-[0-9]*'],
    parts: [
      ['blob-store', 'blobs/*'],
      ['blob-store', 'content'],
      ['blob-store', '*/content'],
      ['database', 'db'],
      ['index', 'elasticsearch'],
      ['backup', 'backup'],
      ['temporary', 'tmp'],
      ['log', 'log'],
    ],
    logs: /^log\/.*\.log$/u,
    levers: [
      {
        command: 'curl -u admin http://localhost:8081/service/rest/v1/tasks',
        does: 'shows',
      },
      {
        command: 'curl -u admin -X POST http://localhost:8081/service/rest/v1/tasks/TASK_ID/run',
        loses: 'thrown-away',
      },
    ],
    source: 'help.sonatype.com: Tasks (Admin - Compact blob store), Tasks API',
  },
  {
    store: 'artifactory',
    marks: [
      'artifactory/filestore/_pre',
      'filestore/_pre',
      // Objects are called by their SHA-1; by SHA-256 they are Suricata's.
      `filestore/[0-9a-f][0-9a-f]/${'?'.repeat(40)}`,
      'data/filestore',
      'artifactory/filestore',
    ],
    parts: [
      ['object', 'filestore'],
      ['object', 'data/filestore'],
      ['object', '*/filestore'],
      ['object', 'data/*/filestore'],
      ['backup', 'backup'],
      ['cache', 'cache'],
    ],
    levers: [
      {
        command: 'curl -u admin -X POST http://localhost:8082/artifactory/api/system/storage/gc',
        loses: 'thrown-away',
      },
      { command: 'curl -u admin http://localhost:8082/artifactory/api/storageinfo', does: 'shows' },
    ],
    source: 'jfrog.com/help: Garbage Collection, Run Garbage Collection REST API, Get Storage Summary Info',
  },
  {
    store: 'teamcity',
    marks: ['system/artifacts config/projects', 'system/messages config'],
    parts: [
      ['build', 'system/artifacts/*'],
      ['log', 'system/messages/*'],
      ['cache', 'system/caches'],
      ['backup', 'backup'],
    ],
    levers: [],
    source: 'jetbrains.com/help/teamcity: TeamCity Data Directory, Clean-Up',
  },
  {
    store: 'jira',
    marks: ['dbconfig.xml export', 'dbconfig.xml caches', 'dbconfig.xml data'],
    parts: [
      ['backup', 'export'],
      ['attachment', 'data/attachments'],
      ['index', 'caches'],
      ['temporary', 'tmp'],
      ['log', 'log'],
    ],
    logs: /^log\/.*\.log/u,
    levers: [{ command: 'ls -lt {store}/export', does: 'shows' }],
    source: 'confluence.atlassian.com: Jira home directory, Automating Jira backups',
  },
  {
    store: 'confluence',
    marks: ['confluence.cfg.xml'],
    parts: [
      ['backup', 'backups'],
      ['attachment', 'attachments'],
      ['index', 'index'],
      ['temporary', 'temp'],
      ['log', 'logs'],
    ],
    logs: /^logs\/.*\.log/u,
    levers: [{ command: 'ls -lt {store}/backups', does: 'shows' }],
    source: 'confluence.atlassian.com: Confluence home directory, Configuring backups',
  },
];
