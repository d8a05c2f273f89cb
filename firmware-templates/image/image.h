// What one image carries besides code. The host app renders it, for each candidate, into one small
// source file; it includes nothing heavy, so that it compiles in a tenth of a second. The table of operators is in the
// op_entry.h of the runtime's API (engine/tfmicro2020, engine/current).
#ifndef HILBENCH_IMAGE_H
#define HILBENCH_IMAGE_H

#include <cstddef>
#include <cstdint>

#include "image/board.h"

namespace hilbench {

// What was seen of one node of the model when it was looked at op by op.
struct OpRecord {
  uint64_t ticks;
  uint32_t output_bytes;
  uint32_t output_crc;
  uint16_t builtin_code;
};

struct ImageFacts {
  const char* build_id;
  const uint8_t* model_sha256;  // 32 bytes
  const char* tflm_version;
  const char* kernels;
  const char* core;
  const char* target;
};

extern const ImageFacts kImage;

extern const uint8_t kModel[];
extern const uint32_t kModelBytes;

// The bench's own buffers, sized for the model.
extern uint8_t g_input[];
extern const uint32_t kInputBytes;
extern OpRecord g_op_records[];
extern const size_t kNodeCount;

}  // namespace hilbench

// Defines hilbench::kModel as the bytes of a file, at the alignment that the runtime's readers rely on.
#define HILBENCH_EMBED_MODEL(file)              \
  __asm__(                                      \
      ".pushsection .model, \"a\", %progbits\n" \
      ".balign 16\n"                            \
      ".global _ZN8hilbench6kModelE\n"          \
      "_ZN8hilbench6kModelE:\n"                 \
      ".incbin \"" file                         \
      "\"\n"                                    \
      ".popsection\n");

#endif
