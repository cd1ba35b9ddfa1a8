import DropoutEngine
import TerminalCells

/// A view: all that the shared frame must know of it.
///
/// Each is a static value in its own folder, `Views/NAME`; ``all`` lists them, one on each line.
/// A default here suits most views.
public struct ViewDefinition: Sendable {
  /// Its name, in `--view` and in the help.
  public let name: String
  /// The name that it had before, in saved sessions, preferences and scripts; nil is none.
  var olderName: String? = nil
  /// Its panels, in the order in which Tab visits them.
  public let panels: [Panel]
  /// The panel whose formulas are shown where none is focused; nil is the first.
  var formulaPanel: Panel? = nil
  /// Where its panels and the rules between them stand.
  let lay: @Sendable (ExplorerState, _ body: Rect) -> PanelPlaces
  /// Where a panel stands that was chosen as a tab; another one may stand beside it.
  var layFolded: @Sendable (Panel, _ body: Rect) -> PanelPlaces = { panel, body in
    PanelPlaces(panels: [(panel, body)])
  }
  /// The title: which training runs in it, and how far it is.
  var title: @Sendable (ExplorerState) -> TitleText = TitleText.init(training:)
  /// Its sentence made from the live numbers, in forms from long to short.
  let sentence: @Sendable (ExplorerState) -> [String]
  /// The number that stands large beside the sentence; nil is none.
  var hero: @Sendable (ExplorerState) -> HeroBlock? = { _ in nil }
  /// The meaning of the number that stands large, and of others outside its panels; nil where it
  /// has no words of its own.
  var explain: @Sendable (ExplorerState, ScreenPlace) -> [BoxLine]? = { _, _ in nil }
  /// The keys that matter in it, with the values that they turn.
  let footer: @Sendable (ExplorerState) -> [StyledLine]
  /// Its numbers as lines of text; by default the lines of its panels' formulas.
  var plainLines: @Sendable (ExplorerState) -> [String] = PlainText.formulaLines
  /// Whether the arrows select layer and unit in it.
  var selectsUnits = false
  /// Whether it chooses the unit that it tells of until the person does.
  var choosesUnit = false
  /// The row of its tables that is selected.
  var selectedRow: @Sendable (ExplorerState) -> Int = { $0.shownUnit }
  /// The subject that it needs measured beside the training.
  var subject: @Sendable (ExplorerState) -> MeasuredSubject = { _ in .live }
  /// The menu of the key m.
  var menu: @Sendable (ExplorerState) -> ViewMenu = ViewMenu.init(unitOf:)
  /// The keys that act in it alone.
  var keys: [KeyRow] = []
  /// Does what a key asks for, where the key has a meaning of its own in the view; nil elsewhere.
  var perform: @Sendable (inout ExplorerState, KeyCommand) -> [Effect]? = { _, _ in nil }
  /// Sets a parameter, where that has a meaning of its own in the view; nil elsewhere.
  var set: @Sendable (inout ExplorerState, ParameterDefinition, String) -> [Effect]? = {
    _, _, _ in nil
  }
  /// Takes up what was measured for it.
  var arrived: @Sendable (inout ExplorerState) -> [Effect] = { _ in [] }
  /// Prepares it when it is shown.
  var open: @Sendable (inout ExplorerState) -> [Effect] = { _ in [] }
}

extension ViewDefinition {
  /// The rows of the screen that the sentence takes: three for large digits, five for larger ones.
  func sentenceRows(_ size: ScreenSize) -> Int {
    if size.rows >= 50, size.columns >= 120 { return 5 }
    return size.isFolded ? 2 : 3
  }

  /// The key that shows it: its place in the list of views, from 1.
  ///
  /// - Precondition: ``all`` has the view.
  public var number: Int {
    guard let place = Self.all.firstIndex(of: self) else {
      preconditionFailure("the list of views has no \(name)")
    }
    return place + 1
  }

  /// The effects of its own keys.
  var ownKeys: [ViewKey] {
    keys.flatMap(\.bindings).compactMap { binding in
      guard case .own(let key) = binding.command else { return nil }
      return key
    }
  }
}

extension ViewDefinition: Hashable {
  /// Whether both have the same name.
  public static func == (first: Self, second: Self) -> Bool { first.name == second.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ViewDefinition: RawRepresentable, CaseIterable, CustomStringConvertible {
  /// All views.
  public static var allCases: [ViewDefinition] { all }

  /// The view with this name, or this older name; nil where there is none.
  public init?(rawValue: String) {
    guard
      let view = ViewDefinition.all.first(where: {
        $0.name == rawValue || $0.olderName == rawValue
      })
    else { return nil }
    self = view
  }

  /// Its name.
  public var rawValue: String { name }

  /// Its name.
  public var description: String { name }
}

extension Panel: CaseIterable {
  /// The panels of all views.
  public static var allCases: [Panel] { ViewDefinition.all.flatMap(\.panels) }
}
