import Foundation

/// The machine of the measurements.
struct Machine: Encodable {
  var processor: String
  var cores: Int
  var memoryGigabytes: Int
  var system: String

  static var here: Machine {
    let information = ProcessInfo.processInfo
    return Machine(
      processor: processorName, cores: information.activeProcessorCount,
      memoryGigabytes: Int((Double(information.physicalMemory) / 0x1p30).rounded()),
      system: information.operatingSystemVersionString)
  }

  var description: String {
    "\(processor), \(cores) \(cores == 1 ? "core" : "cores"), \(memoryGigabytes) GB, \(system)"
  }

  private static var processorName: String {
    #if os(macOS)
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      var bytes = [UInt8](repeating: 0, count: max(size, 1))
      guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else {
        return "unknown processor"
      }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    #else
      let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
      func value(_ name: String) -> String? {
        lines.split(separator: "\n").first { $0.hasPrefix(name) }
          .flatMap { $0.split(separator: ":").last }
          .map { $0.trimmingCharacters(in: .whitespaces) }
      }
      guard let name = value("model name") else { return "unknown processor" }
      // A virtual machine may hide the model's name, but not its family and number.
      guard let family = value("cpu family"), let model = value("model\t") else { return name }
      return "\(name) (family \(family), model \(model))"
    #endif
  }
}
