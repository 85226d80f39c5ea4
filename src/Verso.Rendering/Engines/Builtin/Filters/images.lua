-- What every image has: Quarto's classes, and its description.

local common = require("common")

local M = {}

function M.Image(image)
  local alt = common.take(image.attributes, "fig-alt")
  if alt then
    image.attributes.alt = alt
  end
  if common.is_html and not common.has_class(image, "img-fluid") then
    image.classes:insert("img-fluid")
  end
  if common.has_class(image, "lightbox") then
    common.warn(image.src, "Images are not enlarged on a click: 'lightbox' is not supported by the builtin engine.")
  end
  return image
end

return M
