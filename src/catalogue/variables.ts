/** The environment variables that move a known place, and where it lies without them: one row per variable. */

/** Where a variable points to when it is not set. Patterns as in entry.ts; they may start with another variable. */
export interface Variable {
  readonly linux: readonly string[];
  readonly macos: readonly string[];
  /** Set where the value is a list: the character between its directories. */
  readonly separator?: string;
}

const both = (...patterns: readonly string[]): Variable => ({ linux: patterns, macos: patterns });
/** The two cache roots: XDG's on Linux, ~/Library/Caches on macOS. */
const cache = (name: string, macName: string = name): Variable => ({
  linux: [`$XDG_CACHE_HOME/${name}`],
  macos: [`~/Library/Caches/${macName}`],
});

export const variables: Readonly<Record<string, Variable>> = {
  // XDG Base Directory Specification; tools that read it do so on macOS too.
  XDG_CACHE_HOME: both('~/.cache'),
  XDG_CONFIG_HOME: both('~/.config'),
  XDG_DATA_HOME: both('~/.local/share'),
  TMPDIR: { linux: ['/tmp', '/var/tmp'], macos: ['/private/var/folders/*/*/T', '/private/tmp'] },

  // npm reads its variables in either case.
  NPM_CONFIG_CACHE: both('$npm_config_cache'),
  npm_config_cache: both('~/.npm'),
  YARN_CACHE_FOLDER: { linux: ['$XDG_CACHE_HOME/yarn'], macos: ['~/Library/Caches/Yarn'] },
  YARN_GLOBAL_FOLDER: both('~/.yarn/berry'),
  PNPM_HOME: { linux: ['$XDG_DATA_HOME/pnpm'], macos: ['~/Library/pnpm'] },
  BUN_INSTALL_CACHE_DIR: both('$BUN_INSTALL/install/cache'),
  BUN_INSTALL: both('~/.bun'),
  DENO_DIR: cache('deno'),
  COREPACK_HOME: both('$XDG_CACHE_HOME/node/corepack'),
  NODE_COMPILE_CACHE: both('$TMPDIR/node-compile-cache'),
  electron_config_cache: cache('electron'),
  ELECTRON_BUILDER_CACHE: cache('electron-builder'),
  PLAYWRIGHT_BROWSERS_PATH: cache('ms-playwright'),
  PUPPETEER_CACHE_DIR: both('~/.cache/puppeteer'),
  CYPRESS_CACHE_FOLDER: cache('Cypress'),
  SE_CACHE_PATH: both('~/.cache/selenium'),
  NVM_DIR: both('~/.nvm'),
  FNM_DIR: {
    linux: ['$XDG_DATA_HOME/fnm'],
    macos: ['~/Library/Application Support/fnm', '$XDG_DATA_HOME/fnm'],
  },
  VOLTA_HOME: both('~/.volta'),

  PIP_CACHE_DIR: cache('pip'),
  UV_CACHE_DIR: both('$XDG_CACHE_HOME/uv'),
  POETRY_CACHE_DIR: cache('pypoetry'),
  PIPENV_CACHE_DIR: cache('pipenv'),
  PDM_CACHE_DIR: cache('pdm'),
  HATCH_CACHE_DIR: cache('hatch'),
  WORKON_HOME: both('$XDG_DATA_HOME/virtualenvs', '~/.virtualenvs'),
  PRE_COMMIT_HOME: both('$XDG_CACHE_HOME/pre-commit'),
  PYENV_ROOT: both('~/.pyenv'),
  CONDA_PKGS_DIRS: {
    linux: [
      '~/{miniconda3,anaconda3,miniforge3,mambaforge}/pkgs',
      '/opt/{conda,miniconda3,anaconda3}/pkgs',
      '~/.conda/pkgs',
    ],
    macos: [
      '~/{miniconda3,anaconda3,miniforge3,mambaforge}/pkgs',
      '/opt/homebrew/Caskroom/*/base/pkgs',
      '~/.conda/pkgs',
    ],
    separator: ',',
  },

  GOCACHE: cache('go-build'),
  GOPATH: { ...both('~/go'), separator: ':' },
  GOMODCACHE: both('$GOPATH/pkg/mod'),
  GOLANGCI_LINT_CACHE: cache('golangci-lint'),
  STATICCHECK_CACHE: cache('staticcheck'),
  CARGO_HOME: both('~/.cargo'),
  CARGO_TARGET_DIR: both('**/target'),
  RUSTUP_HOME: both('~/.rustup'),
  SCCACHE_DIR: cache('sccache', 'Mozilla.sccache'),
  CCACHE_DIR: {
    linux: ['$XDG_CACHE_HOME/ccache', '~/.ccache'],
    macos: ['~/Library/Caches/ccache', '~/.ccache'],
  },
  CONAN_HOME: both('~/.conan2'),
  VCPKG_DEFAULT_BINARY_CACHE: both('$XDG_CACHE_HOME/vcpkg/archives'),
  ZIG_GLOBAL_CACHE_DIR: both('$XDG_CACHE_HOME/zig'),

  GRADLE_USER_HOME: both('~/.gradle'),
  COURSIER_CACHE: { linux: ['$XDG_CACHE_HOME/coursier/v1'], macos: ['~/Library/Caches/Coursier/v1'] },
  ANDROID_HOME: { linux: ['~/Android/Sdk'], macos: ['~/Library/Android/sdk'] },
  ANDROID_USER_HOME: both('~/.android'),
  PUB_CACHE: both('~/.pub-cache'),
  NUGET_PACKAGES: both('~/.nuget/packages'),

  COMPOSER_CACHE_DIR: {
    linux: ['$XDG_CACHE_HOME/composer', '~/.composer/cache'],
    macos: ['~/Library/Caches/composer'],
  },
  STACK_ROOT: both('~/.stack'),
  OPAMROOT: both('~/.opam'),
  HEX_HOME: both('~/.hex'),
  JULIA_DEPOT_PATH: { ...both('~/.julia'), separator: ':' },
  RENV_PATHS_CACHE: {
    linux: ['$XDG_CACHE_HOME/R/renv/cache'],
    macos: ['~/Library/Caches/org.R-project.R/R/renv/cache'],
  },
  TF_PLUGIN_CACHE_DIR: both('~/.terraform.d/plugin-cache'),
  PULUMI_HOME: both('~/.pulumi'),
  PACKER_CACHE_DIR: both('$XDG_CACHE_HOME/packer'),
  HELM_CACHE_HOME: cache('helm'),
  TRIVY_CACHE_DIR: cache('trivy'),
  GRYPE_DB_CACHE_DIR: { linux: ['$XDG_CACHE_HOME/grype/db'], macos: ['~/Library/Caches/grype/db'] },

  HF_HOME: both('$XDG_CACHE_HOME/huggingface'),
  HF_HUB_CACHE: both('$HUGGINGFACE_HUB_CACHE'),
  HUGGINGFACE_HUB_CACHE: both('$HF_HOME/hub'),
  HF_XET_CACHE: both('$HF_HOME/xet'),
  HF_DATASETS_CACHE: both('$HF_HOME/datasets'),
  TORCH_HOME: both('$XDG_CACHE_HOME/torch'),
  TRITON_CACHE_DIR: both('~/.triton/cache'),
  TORCHINDUCTOR_CACHE_DIR: both('$TMPDIR/torchinductor_*'),
  CUDA_CACHE_PATH: both('~/.nv/ComputeCache'),
  OLLAMA_MODELS: {
    linux: ['~/.ollama/models', '/usr/share/ollama/.ollama/models', '/var/lib/ollama/.ollama/models'],
    macos: ['~/.ollama/models'],
  },
  MODELSCOPE_CACHE: both('~/.cache/modelscope'),
  KAGGLEHUB_CACHE: both('~/.cache/kagglehub'),
  KERAS_HOME: both('~/.keras'),
  NLTK_DATA: { ...both('~/nltk_data'), separator: ':' },
  WANDB_CACHE_DIR: cache('wandb'),

  DOCKER_CONFIG: both('~/.docker'),
  VAGRANT_HOME: both('~/.vagrant.d'),
  MINIKUBE_HOME: both('~/.minikube'),
  LIMA_HOME: both('~/.lima'),
  HOMEBREW_CACHE: { linux: ['$XDG_CACHE_HOME/Homebrew'], macos: ['~/Library/Caches/Homebrew'] },

  PGDATA: {
    linux: [
      '/var/lib/postgresql/*/{main,data,docker}',
      '/var/lib/postgresql/data',
      '/var/lib/pgsql/data',
      '/var/lib/pgsql/*/data',
      '/var/lib/postgres/data',
    ],
    macos: ['/{opt/homebrew,usr/local}/var/postgres*'],
  },
  JENKINS_HOME: both('/var/lib/jenkins', '/var/jenkins_home', '~/.jenkins'),
  CATALINA_BASE: both('/var/lib/tomcat*', '/opt/tomcat'),
  AIRFLOW_HOME: both('~/airflow'),
};
