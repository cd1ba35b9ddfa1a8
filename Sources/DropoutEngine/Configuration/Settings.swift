/// All parameters of the program: the experiment, its length and its display.
public struct Settings: Equatable, Sendable {
  /// The parameters that decide the bits of the experiment.
  public var experiment = ExperimentConfiguration()
  /// Its length, and how often it reports.
  public var run = RunSettings()
  /// Its display.
  public var display = DisplaySettings()

  /// Creates the default settings.
  public init() {}

  /// Creates the settings of an experiment; the other parameters keep their defaults.
  public init(experiment: ExperimentConfiguration) {
    self.experiment = experiment
  }
}

/// How long an experiment runs, and how often a line is written.
public struct RunSettings: Equatable, Sendable {
  /// The number of updates, at least 0; nil is 1000, or as many as ``epochs`` gives.
  public var steps: Int?
  /// The number of passes over the training part, at least 1; nil leaves the length to ``steps``.
  public var epochs: Int?
  /// The number of steps between two lines, at least 1.
  public var every = 100
  /// Stop once the test loss is at most this; nil is never.
  public var untilLoss: Double?
  /// Stop once the test accuracy is at least this, 0 to 1; nil is never.
  public var untilAccuracy: Double?

  /// Creates the default run.
  public init() {}

  /// The number of updates for a training part of `examples` in minibatches of `batch`: the smaller
  /// one of those that ``steps`` and ``epochs`` give.
  public func stepCount(examples: Int, batch: Int) -> Int {
    guard let epochs else { return steps ?? 1000 }
    let inEpochs = (examples + batch - 1) / batch * epochs
    return min(inEpochs, steps ?? inEpochs)
  }
}

/// How the explorer is shown.
public struct DisplaySettings: Equatable, Sendable {
  /// Steps per second, above 0; infinity is as fast as possible.
  public var speed = 60.0
  /// Dark or light; `auto` asks the terminal.
  public var theme = ThemeChoice.auto
  /// The number of colours; `auto` asks the terminal.
  public var colors = ColorChoice.auto
  /// Unicode or ASCII; `auto` asks the locale.
  public var glyphs = GlyphChoice.auto
  /// Whether the mouse is used.
  public var usesMouse = true
  /// Whether lines are printed and no screen is drawn.
  public var plain = false

  /// Creates the default display.
  public init() {}
}

/// The background of the terminal.
public enum ThemeChoice: String, NamedChoice {
  /// The terminal's own answer, else dark.
  case auto
  /// A dark background.
  case dark
  /// A light background.
  case light
}

/// The number of colours to use.
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

/// The characters to draw with.
public enum GlyphChoice: String, NamedChoice {
  /// Unicode where the locale is UTF-8, else ASCII.
  case auto
  /// Blocks, Braille and lines.
  case unicode
  /// ASCII only.
  case ascii
}
