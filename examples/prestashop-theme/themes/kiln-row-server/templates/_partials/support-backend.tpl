{l s='Messages go to the support server of this demonstration.' d='Shop.Theme.Global'}
