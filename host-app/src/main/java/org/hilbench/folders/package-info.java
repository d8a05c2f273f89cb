/**
 * Folders that belong to this user alone: what libraries unpack and load, and temporary files.
 * Entry type: {@link org.hilbench.folders.OwnFolders}. Depends on nothing of ours.
 */
@org.jspecify.annotations.NullMarked
package org.hilbench.folders;
