/// mimetic.hpp: the one door to the mimetic library, which holds the tree of a message's parts.
///
/// Only its containers are used: MimeEntity, Header as a list of raw Fields, Body and its parts.  Its
/// parsers, its decoders, its typed getters (they insert, or free what they gave before) and its copies (two
/// owners of one child) are not; so an entity lives in a unique_ptr and its fields are read through a const
/// reference.
#pragma once

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wregister"
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#pragma GCC system_header
#endif
#include <mimetic/mimeentity.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
