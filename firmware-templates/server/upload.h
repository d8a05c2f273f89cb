// Model upload, in resident images: a model comes over the line into the RAM that the arena does not take, or into the
// slot in flash.
#ifndef HILBENCH_UPLOAD_H
#define HILBENCH_UPLOAD_H

namespace hilbench {

// Carries out the message of model upload that the server holds.
void CarryOutUpload();

}  // namespace hilbench

#endif
