// The runtime's only way out. The C library's formatting would bring malloc into the image; the messages need little of
// it.
#include "tensorflow/lite/micro/debug_log.h"

#include "engine/log.h"

namespace hilbench {
namespace {

constexpr size_t kMessageBytes = 160;

// Writes into a buffer and drops what does not fit; counts all.
class Writer {
 public:
  Writer(char* to, size_t size) : to_(to), size_(size) {}

  void Put(char c) {
    if (length_ + 1 < size_) to_[length_] = c;
    length_++;
  }
  void Put(const char* text) {
    if (text == nullptr) text = "(null)";
    while (*text != '\0') Put(*text++);
  }
  void PutNumber(unsigned long long value, unsigned base) {
    if (value >= base) PutNumber(value / base, base);
    Put("0123456789abcdef"[value % base]);
  }
  void PutSigned(long long value) {
    if (value < 0) Put('-');
    PutNumber(value < 0 ? 0ULL - static_cast<unsigned long long>(value) : static_cast<unsigned long long>(value), 10);
  }
  int End() {
    if (size_ > 0) to_[length_ < size_ ? length_ : size_ - 1] = '\0';
    return static_cast<int>(length_);
  }

 private:
  char* to_;
  size_t size_, length_ = 0;
};

bool OneOf(char c, const char* set) {
  while (*set != '\0' && *set != c) set++;
  return *set != '\0';
}

// Numbers stand without padding, floats without their fraction.
int Format(char* to, size_t size, const char* format, va_list* args) {
  Writer out(to, size);
  for (; *format != '\0'; format++) {
    if (*format != '%') {
      out.Put(*format);
      continue;
    }
    format++;
    while (OneOf(*format, "-+ #0123456789.")) format++;
    int longs = 0;
    for (; OneOf(*format, "lzhtj"); format++) longs += *format == 'l' ? 1 : *format == 'j' ? 2 : 0;
    switch (*format) {
      case 'd':
      case 'i': out.PutSigned(longs > 1 ? va_arg(*args, long long) : va_arg(*args, long)); break;
      case 'u': out.PutNumber(longs > 1 ? va_arg(*args, unsigned long long) : va_arg(*args, unsigned long), 10); break;
      case 'x':
      case 'X':
      case 'p': out.PutNumber(longs > 1 ? va_arg(*args, unsigned long long) : va_arg(*args, unsigned long), 16); break;
      case 'c': out.Put(static_cast<char>(va_arg(*args, int))); break;
      case 's': out.Put(va_arg(*args, const char*)); break;
      case 'e':
      case 'f':
      case 'g': out.PutSigned(static_cast<long long>(va_arg(*args, double))); break;
      case '\0': return out.End();
      default: out.Put(*format);
    }
  }
  return out.End();
}

}  // namespace
}  // namespace hilbench

extern "C" void DebugLog(const char* format, va_list args) {
  char message[hilbench::kMessageBytes];
  va_list copy;
  va_copy(copy, args);
  hilbench::Format(message, sizeof message, format, &copy);
  va_end(copy);
  hilbench::AppendToLog(message);
}

extern "C" int DebugVsnprintf(char* buffer, size_t size, const char* format, va_list args) {
  va_list copy;
  va_copy(copy, args);
  const int length = hilbench::Format(buffer, size, format, &copy);
  va_end(copy);
  return length;
}
