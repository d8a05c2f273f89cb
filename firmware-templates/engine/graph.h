// What the model's file says of its nodes, which run in its order.
#ifndef HILBENCH_GRAPH_H
#define HILBENCH_GRAPH_H

#include <cstddef>
#include <cstdint>

namespace hilbench {

// All that follows is about this model.
void ReadGraphOf(const void* model);

size_t NodeCount();

// Where the image's table (kOps) has the operator of a node; kOpCount where it has not.
size_t OpOfNode(size_t node);

// A node's first output, as an index of the model's tensors.
int32_t OutputOfNode(size_t node);

bool NodeReads(size_t node, int32_t tensor);

}  // namespace hilbench

#endif
