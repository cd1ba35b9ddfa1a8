/// How a table of a file is read.
public struct TableChoices: Equatable, Hashable, Sendable {
  /// The mark between two cells; nil tells it by the contents.
  public var separator: TableSeparator?
  /// The mark in front of decimals; nil tells it by the contents.
  public var decimal: DecimalMark?
  /// The columns that are inputs, by names or numbers between commas; nil takes all that can be.
  public var inputs: String?
  /// The columns that are left out, by names or numbers between commas.
  public var leaveOut: String?
  /// The largest number of words that become one-hot inputs.
  public var oneHot = 10
  /// The treatment of rows with missing cells.
  public var missing = MissingCells.mean

  /// Creates the default choices.
  public init() {}
}

/// The mark between two cells of a table.
public enum TableSeparator: String, NamedChoice {
  /// A comma.
  case comma
  /// A semicolon.
  case semicolon
  /// A tab.
  case tab
  /// A vertical bar.
  case pipe
  /// Any number of blanks and tabs.
  case blank
}

/// The mark in front of the decimals of a number.
public enum DecimalMark: String, NamedChoice {
  /// As in 0.5.
  case point
  /// As in 0,5.
  case comma
}

/// The treatment of rows with missing cells; a missing target is never made up.
public enum MissingCells: String, NamedChoice {
  /// A missing input takes the mean of the training part.
  case mean
  /// The row is left out.
  case drop
  /// The file is refused.
  case refuse
}
