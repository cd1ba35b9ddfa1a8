internal import CNcurses
internal import TerminalCells

extension TerminalEvent {
  /// The event of an input; `nil` if it has no meaning here.
  init?(_ input: nc_event) {
    switch nc_input(rawValue: UInt32(input.kind)) {
    case NC_CHARACTER:
      guard let key = Key(codePoint: input.value) else { return nil }
      self = .key(key)
    case NC_KEY:
      guard let key = Key(named: nc_key(rawValue: UInt32(input.value))) else { return nil }
      self = .key(key)
    case NC_FUNCTION: self = .key(.function(Int(input.value)))
    case NC_MOUSE:
      guard let action = Mouse.Action(input) else { return nil }
      self = .mouse(Mouse(x: Int(input.x), y: Int(input.y), action: action))
    default: return nil
    }
  }
}

extension Key {
  /// The key of a code point, which may be a control character.
  init?(codePoint: Int32) {
    guard let value = UInt32(exactly: codePoint), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    switch value {
    case 0x09: self = .tab
    case 0x0A, 0x0D: self = .enter
    case 0x08, 0x7F: self = .backspace
    case 0x1B: self = .escape
    case 0x01...0x1A: self = .control(Character(Unicode.Scalar(UInt8(value) + 0x60)))
    case 0x00: self = .control(" ")
    case 0x1C...0x1F: self = .control(Character(Unicode.Scalar(UInt8(value) + 0x40)))
    case 0x80...0x9F: return nil
    default: self = .character(scalar)
    }
  }

  fileprivate init?(named key: nc_key) {
    switch key {
    case NC_UP: self = .up
    case NC_DOWN: self = .down
    case NC_LEFT: self = .left
    case NC_RIGHT: self = .right
    case NC_ENTER: self = .enter
    case NC_BACKTAB: self = .backTab
    case NC_BACKSPACE: self = .backspace
    case NC_DELETE: self = .delete
    case NC_HOME: self = .home
    case NC_END: self = .end
    case NC_PAGE_UP: self = .pageUp
    case NC_PAGE_DOWN: self = .pageDown
    default: return nil
    }
  }
}

extension Mouse.Action {
  fileprivate init?(_ input: nc_event) {
    switch nc_mouse(rawValue: UInt32(input.value)) {
    case NC_PRESS: self = .press(button: Int(input.button))
    case NC_RELEASE: self = .release(button: Int(input.button))
    case NC_WHEEL_UP: self = .wheelUp
    case NC_WHEEL_DOWN: self = .wheelDown
    default: return nil
    }
  }
}
