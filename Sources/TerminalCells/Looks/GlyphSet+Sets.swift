extension GlyphSet {
  /// Blocks, Braille and box lines.
  public static let unicode = GlyphSet(
    isUnicode: true, usesBraille: true, usesHalfBlocks: true,
    kept: "●", masked: "⊘", selected: "▶",
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘", teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴", cross: "┼",
    axis: "│", bar: "█", pattern: "▒", extra: "█", missing: "░",
    eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
    eighthsFromRight: ["▕", "▐", "▐", "▐", "▐", "▐", "█"],
    risingEighths: ["▁", "▂", "▃", "▄", "▅", "▆", "▇"],
    shades: [" ", "░", "▒", "▓", "█"], upperHalf: "▀",
    arrowRight: "▶", arrowLeft: "◀", arrowUp: "▲", arrowDown: "▼", ellipsis: "…",
    running: "▶", paused: "‖", check: "✓", times: "×", plusMinus: "±", bullet: "•",
    classMarkers: ["●", "✕", "▲", "◆", "■", "+", "★", "◇", "□", "△"])

  /// Only characters that every terminal has.
  public static let ascii = GlyphSet(
    isUnicode: false, usesBraille: false, usesHalfBlocks: false,
    kept: "@", masked: "x", selected: ">",
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+", cross: "+",
    axis: "|", bar: "#", pattern: "#", extra: ":", missing: ".",
    eighths: [], eighthsFromRight: [], risingEighths: [],
    shades: [" ", ".", ":", "#"], upperHalf: "#",
    arrowRight: ">", arrowLeft: "<", arrowUp: "^", arrowDown: "v", ellipsis: "~",
    running: ">", paused: "=", check: "x", times: "x", plusMinus: "~", bullet: "*",
    classMarkers: ["o", "x", "^", "d", "s", "+", "*", "c", "u", "t"])
}
