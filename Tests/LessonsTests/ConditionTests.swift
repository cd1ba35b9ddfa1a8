import Lessons
import Testing
