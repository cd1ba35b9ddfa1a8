/// All parameters of the program: the experiment, how long it runs, and how it is shown.
public struct Settings: Equatable, Sendable {
  /// What decides the bits of the experiment.
  public var experiment = ExperimentConfiguration()
  /// How long it runs, and how often it reports.
  public var run = RunSettings()
  /// How it is shown.
  public var display = DisplaySettings()

  /// Creates the default settings.
  public init() {}

  /// Creates the settings of an experiment; the rest keeps its defaults.
  public init(experiment: ExperimentConfiguration) {
    self.experiment = experiment
  }
}

/// How long an experiment runs, and how often a line is written.
public struct RunSettings: Equatable, Sendable {
  /// The number of updates, at least 0; nil is 1000, or what ``epochs`` says.
  public var steps: Int?
  /// The number of passes over the training part, at least 1; nil leaves it to ``steps``.
  public var epochs: Int?
  /// A line is written each time this many steps are done, at least 1.
  public var every = 100
  /// Stop once the test loss is at most this; nil is never.
  public var untilLoss: Double?
  /// Stop once the test accuracy is at least this, 0 to 1; nil is never.
  public var untilAccuracy: Double?

  /// Creates the default run.
  public init() {}

  /// The number of updates for a training part of `examples` in minibatches of `batch`: the fewer of what
  /// ``steps`` and ``epochs`` say.
  public func stepCount(examples: Int, batch: Int) -> Int {
    guard let epochs else { return steps ?? 1000 }
    let inEpochs = (examples + batch - 1) / batch * epochs
    return min(inEpochs, steps ?? inEpochs)
  }
}

/// How the explorer is shown.
public struct DisplaySettings: Equatable, Sendable {
  /// Steps a second, above 0; infinity is as fast as it goes.
  public var speed = 60.0
  /// Dark or light; `auto` asks the terminal.
  public var theme = ThemeChoice.auto
  /// The number of colours; `auto` asks the terminal.
  public var colors = ColorChoice.auto
  /// Unicode or ASCII; `auto` asks the locale.
  public var glyphs = GlyphChoice.auto
  /// Whether the mouse is used.
  public var usesMouse = true
  /// Whether lines are printed instead of a screen.
  public var plain = false

  /// Creates the default display.
  public init() {}
}

/// Which background the terminal has.
public enum ThemeChoice: String, NamedChoice {
  /// As the terminal says, else dark.
  case auto
  /// A dark background.
  case dark
  /// A light background.
  case light
}

/// How many colours are used.
public enum ColorChoice: String, NamedChoice {
  /// As many as the terminal has; none where NO_COLOR is set.
  case auto
  /// 256.
  case colors256 = "256"
  /// 8.
  case colors8 = "8"
  /// None.
  case none
}

/// Which characters are drawn.
public enum GlyphChoice: String, NamedChoice {
  /// Unicode where the locale is UTF-8, else ASCII.
  case auto
  /// Blocks, Braille and lines.
  case unicode
  /// ASCII only.
  case ascii
}
