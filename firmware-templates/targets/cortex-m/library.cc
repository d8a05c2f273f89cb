// What the C and C++ libraries expect of a system, of which there is none.
#include <cstddef>

extern "C" {

void* __dso_handle = nullptr;

// A failed check of the runtime ends here: an undefined instruction, told to the host as a fault.
[[noreturn]] void abort() { __builtin_trap(); }
[[noreturn]] void _exit(int) { __builtin_trap(); }
[[noreturn]] void __cxa_pure_virtual() { __builtin_trap(); }
int __cxa_atexit(void (*)(void*), void*, void*) { return 0; }

}  // extern "C"

// Nothing is allocated, so nothing is freed; virtual destructors still name these.
void operator delete(void*) noexcept { __builtin_trap(); }
void operator delete(void*, std::size_t) noexcept { __builtin_trap(); }
